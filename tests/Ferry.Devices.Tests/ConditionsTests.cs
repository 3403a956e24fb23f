namespace Ferry.Devices.Tests;

/// <summary>What devices said of themselves: real answers of a Pi 3, a Pi 4, a Pi 5 and others, and devices that say little.</summary>
public sealed class ConditionsTests
{
    private static readonly (string, string)[] Pi4AtRest =
    [
        ("/proc/loadavg", "0.08 0.03 0.01 1/171 2219\n"),
        .. Cpu(0, "ondemand", 1500000, 1500000), .. Cpu(1, "ondemand", 1500000, 1500000), .. Cpu(2, "ondemand", 1500000, 1500000), .. Cpu(3, "ondemand", 1500000, 1500000),
        ("/sys/class/thermal/thermal_zone0/type", "cpu-thermal\n"),
        ("/sys/class/thermal/thermal_zone0/temp", "48312\n"),
        ("/sys/class/hwmon/hwmon0/name", "cpu_thermal\n"),
        ("/sys/class/hwmon/hwmon1/name", "rpi_volt\n"),
        ("/sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0\n"),
        ("vcgencmd get_throttled", "throttled=0x0\n"),
        ("vcgencmd measure_clock arm", "frequency(48)=600117184\n"),
    ];

    [Fact]
    public void A_Pi_4_at_rest_says_it_all_in_a_line()
    {
        var conditions = DeviceConditions.Read(Pi4AtRest);

        conditions.Throttled.ShouldBe(Throttling.None);
        ConditionsText.Line(conditions).ShouldBe("governor ondemand, 600 of 1500 MHz, 48.3 °C, load 0.08");
    }

    [Theory]
    [InlineData("0x0", "", "")]
    [InlineData("0x50000", "", "under-voltage, throttled")]
    [InlineData("0x50005", "under-voltage, throttled", "under-voltage, throttled")]
    [InlineData("0x80000", "", "soft temperature limit")]
    [InlineData("0x80008", "soft temperature limit", "soft temperature limit")]
    [InlineData("0x20002", "frequency capped", "frequency capped")]
    [InlineData("0xe0008", "soft temperature limit", "frequency capped, throttled, soft temperature limit")]
    public void The_firmware_s_bits_say_what_is_and_what_has_been(string bits, string now, string before)
    {
        var line = ConditionsText.Line(DeviceConditions.Read([("vcgencmd get_throttled", $"throttled={bits}\n")]));

        line.ShouldBe(string.Join(", ", new[] { now.Length > 0 ? "now " + now : "", before.Length > 0 ? before + " since it was started" : "" }.Where(part => part.Length > 0)));
    }

    [Fact]
    public void Without_the_firmware_s_tool_its_file_tells_the_same_and_the_kernel_s_sensor_of_the_supply()
    {
        const string File = "/sys/devices/platform/soc/soc:firmware/get_throttled";
        DeviceConditions.Read([(File, "80008\n")]).Throttled.ShouldBe(Throttling.SoftTemperatureLimit);
        DeviceConditions.Read([(File, "0\n")]).Throttled.ShouldBe(Throttling.None);
        DeviceConditions.Read([("/sys/class/hwmon/hwmon2/name", "rpi_volt\n"), ("/sys/class/hwmon/hwmon2/in0_lcrit_alarm", "1\n")]).Throttled.ShouldBe(Throttling.UnderVoltage);
        DeviceConditions.Read([("/sys/class/hwmon/hwmon2/name", "other\n"), ("/sys/class/hwmon/hwmon2/in0_lcrit_alarm", "1\n")]).Throttled.ShouldBeNull();
    }

    [Theory]
    [InlineData("vcgencmd get_throttled", "error=1 error_msg=\"Command not registered\"\n")]
    [InlineData("vcgencmd get_throttled", "VCHI initialization failed\n")]
    [InlineData("vcgencmd measure_clock arm", "error=2\n")]
    [InlineData("/sys/class/thermal/thermal_zone0/temp", "\n")]
    [InlineData("/proc/loadavg", "")]
    [InlineData("/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "<unknown>\n")]
    [InlineData("/no/such/file", "7")]
    [InlineData("", "")]
    public void Of_what_is_not_understood_nothing_is_guessed(string name, string content)
    {
        var conditions = DeviceConditions.Read([(name, content)]);

        ConditionsText.Line(conditions).ShouldBe("");
        conditions.FirmwareClock.ShouldBeNull();
        conditions.Throttled.ShouldBeNull();
        ConditionsText.Doubts(conditions, conditions).ShouldBeEmpty();
    }

    [Fact]
    public void A_device_that_tells_nothing_has_no_line_and_no_doubts()
    {
        var nothing = DeviceConditions.Read([]);

        ConditionsText.Line(nothing).ShouldBe("");
        ConditionsText.Doubts(nothing, nothing).ShouldBeEmpty();
    }

    [Fact]
    public void Big_and_little_processors_are_told_apart_and_a_cap_is_seen()
    {
        // A Rock Pi 4 (RK3399), hot.
        var conditions = DeviceConditions.Read(
        [
            .. Cpu(0, "schedutil", 600000, 1416000), .. Cpu(1, "schedutil", 600000, 1416000), .. Cpu(4, "schedutil", 1200000, 1800000, limit: 1200000), .. Cpu(5, "schedutil", 408000, 1800000, limit: 1200000),
            ("/sys/class/thermal/thermal_zone0/type", "cpu-thermal"), ("/sys/class/thermal/thermal_zone0/temp", "85555"),
            ("/sys/class/thermal/thermal_zone1/type", "gpu-thermal"), ("/sys/class/thermal/thermal_zone1/temp", "90000"),
            ("/sys/class/thermal/cooling_device0/type", "cpufreq-cpu0"), ("/sys/class/thermal/cooling_device0/cur_state", "0"),
            ("/sys/class/thermal/cooling_device1/type", "cpufreq-cpu4"), ("/sys/class/thermal/cooling_device1/cur_state", "3"),
            ("/sys/class/thermal/cooling_device2/type", "pwm-fan"), ("/sys/class/thermal/cooling_device2/cur_state", "2"),
        ]);

        ConditionsText.Line(conditions).ShouldBe("governor schedutil, 600 of 1416 MHz, 408–1200 of 1800 MHz (capped at 1200), 85.6 °C");
        ConditionsText.Doubts(conditions, conditions).Select(doubt => doubt.Doubt).ShouldBe(
        [
            "the figures depend on what ran before: the CPU governor is 'schedutil'",
            "the processor was slowed down to cool it: cpufreq-cpu4",
        ]);
    }

    [Fact]
    public void The_hottest_zone_is_named_where_none_is_the_processor_s()
    {
        var conditions = DeviceConditions.Read([("/sys/class/thermal/thermal_zone0/type", "acpitz"), ("/sys/class/thermal/thermal_zone0/temp", "27800"), ("/sys/class/thermal/thermal_zone1/temp", "-5000")]);

        ConditionsText.Line(conditions).ShouldBe("27.8 °C (acpitz)");
    }

    [Fact]
    public void What_happened_during_the_measurement_is_doubtful_and_what_was_before_is_not()
    {
        var quiet = Throttled("0x50000");
        Doubts(quiet, quiet).ShouldBeEmpty();
        Doubts(Throttled("0x0"), Throttled("0x50000")).ShouldBe(["the processor was slowed down during the measurement: under-voltage, throttled"]);
        Doubts(Throttled("0x50000"), Throttled("0xd0000")).ShouldBe(["the processor was slowed down during the measurement: soft temperature limit"]);
        Doubts(Throttled("0x0"), Throttled("0x80008")).ShouldBe(["the processor was slowed down during the measurement: soft temperature limit"]);
        ConditionsText.Doubts(Throttled("0x0"), Throttled("0x50005"))[0].Help.ShouldBe("a stronger power supply, or a shorter cable");
    }

    [Fact]
    public void A_governor_that_follows_the_load_is_doubtful_with_the_command_that_helps()
    {
        var (doubt, help) = ConditionsText.Doubts(DeviceConditions.Read(Pi4AtRest), DeviceConditions.Read(Pi4AtRest)).ShouldHaveSingleItem();

        doubt.ShouldBe("the figures depend on what ran before: the CPU governor is 'ondemand'");
        help.ShouldBe("on the device: echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor");
        var fixedClock = DeviceConditions.Read([.. Cpu(0, "performance", 1500000, 1500000)]);
        ConditionsText.Doubts(fixedClock, fixedClock).ShouldBeEmpty();
    }

    [Fact]
    public void A_PC_counts_how_often_it_was_too_hot()
    {
        static DeviceConditions Hot(int count) => DeviceConditions.Read([("/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "2"), ("/sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", $"{count}")]);

        Doubts(Hot(5), Hot(5)).ShouldBeEmpty();
        Doubts(Hot(5), Hot(8)).ShouldBe(["a processor was too hot 3 times during the measurement"]);
    }

    private static DeviceConditions Throttled(string bits) => DeviceConditions.Read([("vcgencmd get_throttled", "throttled=" + bits)]);

    private static IEnumerable<string> Doubts(DeviceConditions before, DeviceConditions after) => ConditionsText.Doubts(before, after).Select(doubt => doubt.Doubt);

    private static (string, string)[] Cpu(int number, string governor, int now, int highest, int? limit = null)
    {
        var folder = $"/sys/devices/system/cpu/cpu{number}/cpufreq/";
        return [(folder + "scaling_governor", governor + "\n"), (folder + "scaling_cur_freq", $"{now}\n"), (folder + "scaling_max_freq", $"{limit ?? highest}\n"), (folder + "cpuinfo_max_freq", $"{highest}\n")];
    }
}
