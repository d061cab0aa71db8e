using System.Globalization;
using System.Text;

namespace Farm.Server.Hosting.Logging;

/// <summary>
/// The files <c>farm-2026-11-22-001.log</c>, …: a new one each day and whenever one is full, only the newest kept. A day's last file
/// is continued after a restart. Used by one thread.
/// </summary>
internal sealed class LogFiles(LogSettings settings) : IDisposable
{
    private readonly string _directory = settings.Directory ?? throw new ArgumentException("no directory to write logs to", nameof(settings));
    private FileStream? _file;
    private DateOnly _day;

    /// <summary>Writes whole lines. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>; a later call tries again.</summary>
    public void Write(DateOnly day, string line)
    {
        try
        {
            if (_file is null || _day != day || _file.Length >= settings.MaxFileBytes)
                Open(day);
            _file!.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Flush() => _file?.Flush();

    public void Dispose() => Close();

    private void Open(DateOnly day)
    {
        Close();
        Directory.CreateDirectory(_directory);
        var prefix = $"farm-{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-";
        var last = Existing().LastOrDefault(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal));
        var number = last is null ? 1 : Number(last);
        if (last is not null && new FileInfo(last).Length >= settings.MaxFileBytes)
            number++;
        _file = new FileStream(
            Path.Combine(_directory, $"{prefix}{number:000}.log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _day = day;
        foreach (var old in Existing().SkipLast(settings.MaxFiles))
            File.Delete(old);
    }

    // Oldest first. The number is compared as a number: the thousandth file of a day comes after the 999th.
    private IReadOnlyList<string> Existing() =>
    [
        .. Directory.EnumerateFiles(_directory, "farm-????-??-??-*.log")
            .Where(path => Number(path) > 0)
            .OrderBy(path => Path.GetFileName(path)[..15], StringComparer.Ordinal)
            .ThenBy(Number),
    ];

    private static int Number(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path).AsSpan(16), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private void Close()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
    }
}
