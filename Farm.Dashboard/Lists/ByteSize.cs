using System.Globalization;

namespace Farm.Dashboard.Lists;

/// <summary>Formats file sizes: <c>812 bytes</c>, <c>1.5 KiB</c>, <c>23 MiB</c>.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB"];

    /// <summary>The size in the largest unit in which it is at least 1.</summary>
    public static string Text(long bytes)
    {
        if (bytes < 1024) return bytes == 1 ? "1 byte" : $"{bytes} bytes";
        var (value, unit) = (bytes / 1024.0, 0);
        // A value that rounds to 1024 is shown in the next unit.
        for (; value >= 1023.5 && unit < Units.Length - 1; unit++) value /= 1024;
        return $"{value.ToString(value < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
