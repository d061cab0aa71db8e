using Farm.Server.Domain.Events;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.OpenJobDescription.Reading;

namespace Farm.Server.Operations.Templates;

/// <summary>The job types in a folder of template files, as of the last scan.</summary>
/// <param name="path">The folder.</param>
/// <param name="events">Notified of changes.</param>
/// <param name="log">Logs the current templates and those that are broken.</param>
internal sealed class TemplateFolder(string path, FarmEvents events, ILogger<TemplateFolder> log) : ITemplateTypes
{
    private readonly Lock _lock = new();
    private Dictionary<string, (Stamp Stamp, TemplateFile File)> _read = [];
    private Dictionary<string, Stamp> _unsettled = [];
    private volatile Contents _contents = new([], []);

    /// <summary>The path of the folder.</summary>
    public string FullPath => path;

    /// <inheritdoc/>
    public IReadOnlyList<IJobType> Types => _contents.Types;

    /// <summary>All files, including broken ones, sorted by name.</summary>
    public IReadOnlyList<TemplateFile> Files => _contents.Files;

    /// <summary>Creates the folder if it is missing, and reads the files.</summary>
    public void Open()
    {
        try
        {
            FolderAccess.CreateDirectory(path);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            log.LogError("No job types from templates: cannot create {Folder}: {Reason}", path, unusable.Message);
        }

        Scan(readImmediately: true);
    }

    /// <summary>
    /// Scans the folder and reads changed files. A file is read only if it did not change between two scans, so that a file that is still being
    /// written is not reported as broken.
    /// </summary>
    /// <param name="readImmediately">Reads new files on the first scan.</param>
    /// <returns>Whether some files may still be in the process of being written, so that another scan is needed soon.</returns>
    public bool Scan(bool readImmediately = false)
    {
        lock (_lock)
        {
            var read = new Dictionary<string, (Stamp Stamp, TemplateFile File)>();
            var unsettled = new Dictionary<string, Stamp>();
            var hasChanged = false;
            foreach (var (file, stamp) in Stamps())
            {
                var isKnown = _read.TryGetValue(file, out var before);
                if (isKnown && before.Stamp == stamp)
                {
                    read[file] = before;
                }
                else if (readImmediately || (_unsettled.TryGetValue(file, out var last) && last == stamp))
                {
                    read[file] = (stamp, TemplateFile.Read(file));
                    hasChanged = true;
                }
                else
                {
                    unsettled[file] = stamp;
                    if (isKnown) read[file] = before;
                }
            }

            hasChanged |= _read.Keys.Except(read.Keys).Any();
            (_read, _unsettled) = (read, unsettled);
            if (hasChanged) Apply([.. read.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value.File)]);
            return unsettled.Count > 0;
        }
    }

    private void Apply(List<TemplateFile> files)
    {
        var before = _contents;
        List<TemplateFile> accepted = [];
        foreach (var file in files)
        {
            var other = file.Type is null ? null : accepted.FirstOrDefault(one => one.Type?.Info.Name == file.Type.Info.Name);
            accepted.Add(other is null ? file : new TemplateFile(
                file.FileName, null, [new TemplateProblem(1, "", $"{other.FileName} already defines the job type \"{file.Type!.Info.Name}\"")]));
        }

        _contents = new Contents(accepted, [.. accepted.Where(file => file.Type is not null).Select(file => file.Type!)]);
        Report(before.Files, accepted);
        events.Publish(new FarmEvent(FarmEventKind.JobTypes));
    }

    private void Report(IReadOnlyList<TemplateFile> before, IReadOnlyList<TemplateFile> now)
    {
        foreach (var file in now.Where(file => !before.Contains(file)))
        {
            if (file.Type is { } type) log.LogInformation("Template {File} defines the job type \"{Type}\"", file.FileName, type.Info.Name);
            else log.LogError("Template {File} is invalid. Line {Problem}{More}", file.FileName, file.Problems[0], More(file.Problems.Count - 1));
        }

        foreach (var gone in before.Where(file => file.Type is not null && now.All(other => other.FileName != file.FileName)))
            log.LogInformation("Template {File} and its job type \"{Type}\" were removed; existing jobs continue", gone.FileName, gone.Type!.Info.Name);
    }

    private static string More(int count) => count == 0 ? "" : $" (and {count} more: farm template check)";

    private List<(string File, Stamp Stamp)> Stamps()
    {
        try
        {
            return
            [
                .. new DirectoryInfo(path).EnumerateFiles().Where(file => TemplateFile.IsTemplate(file.Name))
                    .Select(file => (file.FullName, new Stamp(file.LastWriteTimeUtc, file.Exists ? file.Length : 0))),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Job types must survive a short outage of a network drive.
            log.LogWarning("Cannot read {Folder}; keeping the current templates: {Reason}", path, unreadable.Message);
            return [.. _read.Select(file => (file.Key, file.Value.Stamp))];
        }
    }

    private readonly record struct Stamp(DateTime Written, long Length);

    private sealed record Contents(IReadOnlyList<TemplateFile> Files, IReadOnlyList<IJobType> Types);
}
