using System.Globalization;
using System.Text;

namespace Farm.Server.Operations.Backups;

/// <summary>
/// How checks of backups ended, in a text file beside them: the database is no place for that, because it is replaced by a restore. Lost or damaged,
/// backups show as never checked.
/// </summary>
/// <param name="root">The folder of the backups.</param>
internal sealed class BackupNotes(string root)
{
    private const string FileName = "checks.txt";
    private const char Separator = '\t';

    private readonly Lock _lock = new();

    /// <summary>The last check of each backup, by its name.</summary>
    public IReadOnlyDictionary<string, BackupResult> Checks()
    {
        lock (_lock) return Read();
    }

    /// <summary>Writes how a check ended.</summary>
    /// <param name="name">The backup.</param>
    /// <param name="result">The result.</param>
    /// <param name="present">The names of all backups; what is known of others is forgotten.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string name, BackupResult result, IReadOnlySet<string> present)
    {
        lock (_lock)
        {
            var all = Read();
            all[name] = result;
            var text = string.Concat(all.Where(note => present.Contains(note.Key)).OrderBy(note => note.Key, StringComparer.Ordinal).Select(Line));
            PrivateFile.Write(Path.Combine(root, FileName), Encoding.UTF8.GetBytes(text));
        }
    }

    private static string Line(KeyValuePair<string, BackupResult> note) =>
        $"{note.Key}{Separator}{note.Value.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)}{Separator}{note.Value.Problem?.ReplaceLineEndings(" ").Replace(Separator, ' ') ?? "ok"}\n";

    private Dictionary<string, BackupResult> Read()
    {
        var all = new Dictionary<string, BackupResult>();
        var path = Path.Combine(root, FileName);
        if (!File.Exists(path)) return all;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Split(Separator) is [var name, var time, var result] && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var at))
                all[name] = new BackupResult(at, result == "ok" ? null : result);
        }

        return all;
    }
}
