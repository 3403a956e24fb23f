using Ferry.Doors;
using Ferry.Processes;

var startedAs = StartedAs.Name();
if (Path.GetFileNameWithoutExtension(startedAs) == LinkerDoor.Name)
{
    return LinkerDoor.Run(startedAs, args);
}

Console.Error.WriteLine("ferry");
return 0;
