using System.Net.Mime;
using System.Text;
using Farm.Server.Domain;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Images;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Read-only files of jobs: task logs, generated from the store, and images (Contracts/Flamenco/Contract.md section 5).</summary>
internal sealed class JobFileEndpoints(IReadStore store, DataDirectory directory)
{
    /// <summary>The path prefix of the files.</summary>
    public const string Root = "/job-files";

    private const string LogPrefix = "task-";
    private const string LogSuffix = ".txt";
    private const int PiecesPerRead = 200;

    /// <summary>The file name of a task's log.</summary>
    public static string LogName(Guid task) => $"{LogPrefix}{task}{LogSuffix}";

    /// <summary>Sends a file.</summary>
    public async Task FetchAsync(HttpContext context)
    {
        var first = (string)context.Request.RouteValues["directory"]!;
        var file = (string)context.Request.RouteValues["file"]!;
        if (context.IdOrNull("job") is not { } job || JobDirectory.Relative(job) != $"{first}/{job}") throw NoSuchFile();
        // The content behind a name changes.
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (TaskOfLog(file) is { } task) await SendLogAsync(context, job, task);
        else await SendImageAsync(context, $"{JobDirectory.Relative(job)}/{file}");
    }

    private static Guid? TaskOfLog(string file) =>
        file.StartsWith(LogPrefix, StringComparison.Ordinal) && file.EndsWith(LogSuffix, StringComparison.Ordinal)
        && Guid.TryParseExact(file[LogPrefix.Length..^LogSuffix.Length], "D", out var task) ? task : null;

    private async Task SendLogAsync(HttpContext context, Guid job, Guid task)
    {
        if (store.Read(db => TaskLogView.Find(db, task)) is not { Size: > 0 } place || place.Job != job) throw NoSuchFile();
        context.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        long last = 0;
        for (var pieces = After(last); pieces.Count > 0; pieces = After(last))
        {
            foreach (var (id, text) in pieces)
            {
                await context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
                last = id;
            }
        }

        List<TaskLogPiece> After(long id) => store.Read(db => TaskLogView.After(db, place.TaskId, id, PiecesPerRead));
    }

    private async Task SendImageAsync(HttpContext context, string relative)
    {
        var path = SafePath.Resolve(directory.Artifacts, relative);
        if (path is null || LastRenderedFile.Find(path) is not { } found) throw NoSuchFile();
        await using var image = Open(found);
        context.Response.ContentType = LastRenderedFile.MediaType(image) ?? throw NoSuchFile();
        context.Response.ContentLength = image.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await image.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NoSuchFile();
        }
    }

    private static FarmException NoSuchFile() => FarmException.NotFound("no such file");
}
