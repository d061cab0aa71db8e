using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Plans;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Operations;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Installs workflows from packed project folders (Contracts/FlowServ/Contract.md section 6.1).</summary>
internal sealed partial class WorkflowInstaller(FarmStore store, ContentStore content, ProjectLimits limits, AuditLog audit, ILogger<WorkflowInstaller> log)
{
    private const long MaxTextBytes = 1024 * 1024;

    /// <summary>Installs a workflow, after everything was validated.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="archive">The project folder as .zip or .tar.gz.</param>
    /// <param name="key">The public id; null to derive it from the name.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="FarmException">The caller may not, or the project is invalid; the message says what to change.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public Task<Workflow> InstallAsync(Caller caller, Stream archive, string? key, CancellationToken cancellationToken) => audit.RunAsync(caller, WorkflowVerb.Install, async action =>
    {
        caller.Demand(Permission.ManageWorkflows);
        if (key is not null && !WorkflowKeys.IsValid(key)) throw FarmException.Invalid($"invalid id '{key}': use 1 to 32 letters, digits and underscores");
        // Reading a .zip needs a seekable stream.
        await using var whole = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose);
        await archive.CopyToAsync(whole, cancellationToken);
        whole.Position = 0;
        var project = await new ProjectArchive(content, limits).UnpackAsync(whole, cancellationToken);
        var (workflow, files) = await ReadAsync(project);
        var installed = await store.WriteAsync(tx =>
        {
            var written = Write(tx, workflow, key, files);
            action.On(new AuditTarget("workflow", written.Key, written.Name));
            action.Change(null, files.Count == 1 ? "1 file" : $"{files.Count} files");
            action.Record(tx);
            return written;
        });
        log.LogInformation("Installed workflow \"{Name}\" as {Key} with {Files} files", installed.Name, installed.Key, files.Count);
        return installed;
    });

    private async Task<(Workflow Workflow, List<RunFile> Files)> ReadAsync(IReadOnlyDictionary<string, StoredFile> project)
    {
        var file = Manifest.FileNames.FirstOrDefault(project.ContainsKey)
            ?? throw FarmException.Invalid($"the project folder has no {string.Join(", ", Manifest.FileNames.SkipLast(1))} or {Manifest.FileNames[^1]}");
        var manifest = Manifest.Read(await TextAsync(project, file, "the manifest"), file);
        var text = await TextAsync(project, manifest.Specfile, "'specfile'");
        var template = manifest.Specfile.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(text, manifest.Specfile) : YamlValues.Parse(text, manifest.Specfile);
        RunPlanner.CheckValues(TemplateReader.Read(template));
        var instructions = manifest.Instructions is { } path ? await InstructionsAsync(project, path) : null;
        var workflow = new Workflow(0, "", manifest.Name, manifest.Description, instructions, JsonValues.Write(template), 0);
        return (workflow, StaticFiles(project, manifest));
    }

    private static Workflow Write(WriteTransaction tx, Workflow workflow, string? wanted, List<RunFile> files)
    {
        if (wanted is not null && WorkflowTable.ByKey(tx.Db, wanted) is not null) throw FarmException.Conflict($"a workflow with the id '{wanted}' already exists");
        var key = wanted ?? WorkflowKeys.Of(workflow.Name).First(key => WorkflowTable.ByKey(tx.Db, key) is null);
        var name = workflow.Name;
        for (var number = 1; WorkflowTable.HasName(tx.Db, name); number++) name = $"{workflow.Name} ({number})";
        var id = WorkflowTable.Insert(tx.Db, workflow with { Key = key, Name = name, CreatedAt = tx.Now });
        foreach (var file in files) WorkflowTable.InsertFile(tx.Db, id, file);
        // There is no event for workflows; a job event without an id means that anything may have changed.
        tx.Publish(new FarmEvent(FarmEventKind.Job));
        return WorkflowTable.ById(tx.Db, id)!;
    }

    private static List<RunFile> StaticFiles(IReadOnlyDictionary<string, StoredFile> project, Manifest manifest)
    {
        if (manifest.Files is null) return [.. project.Select(file => new RunFile(file.Key, file.Value.Sha256, file.Value.Size))];
        var files = new Dictionary<string, RunFile>();
        foreach (var entry in manifest.Files)
        {
            var found = project.Select(file => (Target: entry.TargetOf(file.Key), File: file.Value)).Where(file => file.Target is not null).ToList();
            if (found.Count == 0) throw FarmException.Invalid($"'files' names '{entry.Source}', which is not in the project folder");
            foreach (var (target, file) in found)
            {
                if (!files.TryAdd(target!, new RunFile(target!, file.Sha256, file.Size))) throw FarmException.Invalid($"two files have the target '{target}'");
            }
        }

        return [.. files.Values];
    }

    private async Task<string> InstructionsAsync(IReadOnlyDictionary<string, StoredFile> project, string path)
    {
        var text = await TextAsync(project, path, "'instructions'");
        foreach (var include in Includes().Matches(text).GroupBy(match => match.Groups[1].Value).ToList())
        {
            var included = await TextAsync(project, RunPath.Checked(include.Key.Trim(), "an include of the instructions"), "the instructions");
            var mark = $"{{{{{include.Key}}}}}";
            // Counted in the text as it is now, as includes may bring the same mark along.
            var length = text.Length + (long)Count(text, mark) * (included.Length - mark.Length);
            if (length > MaxTextBytes)
                throw FarmException.Invalid($"the instructions would have {length} characters with '{include.Key.Trim()}' included; the most is {MaxTextBytes}: include it less often");
            text = text.Replace(mark, included);
        }

        return text;
    }

    private static int Count(string text, string mark)
    {
        var count = 0;
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal)) count++;
        return count;
    }

    private async Task<string> TextAsync(IReadOnlyDictionary<string, StoredFile> project, string path, string source)
    {
        if (!project.TryGetValue(path, out var file)) throw FarmException.Invalid($"{source} names '{path}', which is not in the project folder");
        if (file.Size > MaxTextBytes) throw FarmException.Invalid($"'{path}' is longer than {MaxTextBytes} bytes");
        await using var stream = content.Open(file.Sha256);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static PyValue Json(string text, string file)
    {
        try
        {
            return JsonValues.Parse(text);
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw FarmException.Invalid($"{file} is not valid JSON: {broken.Message}");
        }
    }

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Includes();
}
