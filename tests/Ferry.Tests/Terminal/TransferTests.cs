using Ferry.Terminal;

namespace Ferry.Tests.Terminal;

public sealed class TransferTests
{
    [Fact]
    public void A_line_tells_bytes_rate_and_the_time_left() =>
        TransferText.Of("Sending", "rg to pi4", 4_200_000, 9_700_000, 1_000_000, 120).ShouldBe("     Sending rg to pi4:  43%, 4.2 MB of 9.7 MB, 1.0 MB/s, 0:06 left");

    [Fact]
    public void A_rate_that_is_not_known_is_not_guessed() =>
        TransferText.Of("Sending", "rg to pi4", 0, 9_700_000, null, 120).ShouldBe("     Sending rg to pi4:   0%, 0 B of 9.7 MB");

    [Fact]
    public void Hours_are_told_and_days_are_not()
    {
        TransferText.Of("Sending", "x", 0, 3_700_000, 1000, 120).ShouldEndWith(", 1:01:40 left");
        TransferText.Of("Sending", "x", 0, 1_000_000_000, 1, 120).ShouldEndWith(", 1 B/s");
    }

    [Fact]
    public void A_line_is_never_longer_than_the_terminal_and_keeps_its_numbers()
    {
        for (var columns = 0; columns < 130; columns++)
        {
            var line = TransferText.Of("Sending", "a-program-with-a-name to a-device", 4_200_000, 9_700_000, 1_000_000, columns);
            line.Length.ShouldBeLessThanOrEqualTo(columns);
            if (columns >= 60)
            {
                line.ShouldEndWith(":  43%, 4.2 MB of 9.7 MB, 1.0 MB/s, 0:06 left");
            }
        }
    }

    [Fact]
    public void The_rate_is_that_of_the_last_seconds()
    {
        var rate = new TransferRate();
        rate.Note(Seconds(0), 5_000_000); // there from an earlier try
        rate.At(Seconds(0.1)).ShouldBeNull();
        for (var second = 1; second <= 10; second++)
        {
            rate.Note(Seconds(second), 5_000_000 + (second * 1000));
        }

        rate.At(Seconds(10))!.Value.ShouldBe(1000, 1);
        for (var second = 11; second <= 20; second++)
        {
            rate.Note(Seconds(second), 5_010_000 + ((second - 10) * 8000));
        }

        rate.At(Seconds(20))!.Value.ShouldBe(8000, 1);
    }

    [Fact]
    public void A_link_that_is_heard_of_seldom_has_a_rate_and_one_that_stands_still_a_falling_one()
    {
        var rate = new TransferRate();
        rate.Note(Seconds(0), 0);
        rate.Note(Seconds(7), 7000);
        rate.At(Seconds(7))!.Value.ShouldBe(1000, 1);
        rate.At(Seconds(14))!.Value.ShouldBe(500, 1);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
