using System.Text.Json;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Backups;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Backups, for administrators (Contracts/Farm/Contract.md section 2).</summary>
internal sealed class BackupEndpoints(FarmBackups backups)
{
    /// <summary>Copies the database.</summary>
    public async Task<IResult> CopyDatabaseAsync(HttpContext context)
    {
        var copy = await backups.MakeAsync(context.Caller(), []);
        return Results.Json(new DatabaseCopyMessage(copy.Path, copy.Bytes), FarmJson.Default.DatabaseCopyMessage);
    }

    /// <summary>All backups.</summary>
    public IResult List(HttpContext context)
    {
        var state = backups.Read(context.Caller());
        return Results.Json(
            new BackupsMessage(
                [.. state.Backups.Select(backup => Message(backup, state.Verifying.Contains(backup.Name)))],
                state.Pending?.Name,
                state.Restored is { } restored ? new RestoredMessage(restored.Backup, restored.Kept, restored.Problem) : null),
            FarmJson.Default.BackupsMessage);
    }

    /// <summary>Makes a backup.</summary>
    public async Task<IResult> MakeAsync(HttpContext context)
    {
        var backup = await backups.MakeAsync(context.Caller(), await PartsAsync(context));
        return Results.Json(Message(backup, isVerifying: false), FarmJson.Default.BackupMessage, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Begins to check a backup.</summary>
    public IResult Verify(HttpContext context, string name)
    {
        _ = backups.VerifyAsync(context.Caller(), name);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>Has a backup restored before the next start.</summary>
    public async Task<IResult> RestoreAsync(HttpContext context, string name) => Results.Json(
        new RestoreMessage(name, await backups.RestoreAsync(context.Caller(), name)), FarmJson.Default.RestoreMessage, statusCode: StatusCodes.Status202Accepted);

    /// <summary>Cancels that.</summary>
    public async Task<IResult> CancelRestoreAsync(HttpContext context)
    {
        await backups.CancelRestoreAsync(context.Caller());
        return Results.NoContent();
    }

    /// <summary>Removes a backup.</summary>
    public async Task<IResult> RemoveAsync(HttpContext context, string name)
    {
        await backups.RemoveAsync(context.Caller(), name);
        return Results.NoContent();
    }

    /// <summary>What a backup shall hold; null without a body.</summary>
    private static async Task<IReadOnlyList<BackupPart>?> PartsAsync(HttpContext context)
    {
        try
        {
            var json = await JsonBody.ReadAsync(context);
            if (json.IsEmpty) return null;
            JsonBody.Check(json.Span);
            return JsonSerializer.Deserialize(json.Span, FarmJson.Default.NewBackupMessage)?.With?.Select(Part).Distinct().ToList();
        }
        catch (JsonException)
        {
            throw FarmException.Invalid("the body must be {\"with\": [\"settings\", \"artifacts\"]}");
        }
    }

    private static BackupPart Part(string name) =>
        Enum.GetValues<BackupPart>().Where(part => Name(part) == name).Select(part => (BackupPart?)part).FirstOrDefault()
        ?? throw FarmException.Invalid($"unknown part of a backup; expected one of {string.Join(", ", Enum.GetValues<BackupPart>().Select(Name))}");

    private static string Name(BackupPart part) => part.ToString().ToLowerInvariant();

    private static BackupMessage Message(Backup backup, bool isVerifying) => new(
        backup.Name, backup.Path, backup.At, backup.Bytes, [.. backup.Parts.Select(Name)], backup.Check?.At, backup.Check?.Problem, isVerifying);
}
