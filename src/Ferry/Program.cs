Console.Error.WriteLine("ferry");
return 0;
