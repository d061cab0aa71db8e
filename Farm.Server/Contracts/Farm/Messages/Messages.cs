using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Farm.Messages;

/// <summary>A copy of the database.</summary>
/// <param name="File">Its path on the server's machine.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record DatabaseCopyMessage(string File, long Bytes);

/// <summary>A backup.</summary>
/// <param name="Name">Its name in the folder of backups.</param>
/// <param name="File">Its path on the server's machine, of a file or a folder.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Bytes">Its size, including files that it shares with the farm.</param>
/// <param name="With">What it holds besides the database: <c>settings</c>, <c>artifacts</c>.</param>
/// <param name="Verified">When it was last checked; null for never.</param>
/// <param name="Problem">What that check found; null for nothing.</param>
/// <param name="Verifying">Whether it is being checked.</param>
internal sealed record BackupMessage(
    string Name, string File, DateTimeOffset Created, long Bytes, IReadOnlyList<string> With, DateTimeOffset? Verified, string? Problem, bool Verifying);

/// <summary>All backups, the newest first.</summary>
/// <param name="Backups">The backups.</param>
/// <param name="Restore">The name of the one that is restored at the next start; null for none.</param>
/// <param name="Restored">What was restored at the start of this server; null for nothing.</param>
internal sealed record BackupsMessage(IReadOnlyList<BackupMessage> Backups, string? Restore, RestoredMessage? Restored);

/// <summary>A backup to make.</summary>
/// <param name="With">What it holds besides the database: <c>settings</c>, <c>artifacts</c>; without it, what the setting <c>backups.with</c> says.</param>
internal sealed record NewBackupMessage(IReadOnlyList<string>? With);

/// <summary>A restore that was asked for.</summary>
/// <param name="Name">The backup.</param>
/// <param name="Restarts">Whether the server restarts now; otherwise, restart it.</param>
internal sealed record RestoreMessage(string Name, bool Restarts);

/// <summary>A restore at the start of the server.</summary>
/// <param name="Name">The backup.</param>
/// <param name="Kept">The path of what it replaced; null for nothing.</param>
/// <param name="Problem">Why nothing was restored; null if it was.</param>
internal sealed record RestoredMessage(string Name, string? Kept, string? Problem);

/// <summary>Which farm this is.</summary>
/// <param name="Id">Random; the same on all managers of the farm and for as long as it exists.</param>
/// <param name="Iterations">How often the worker's secret is hashed with PBKDF2 (SHA-256, 32 bytes); null without a proof.</param>
/// <param name="Salt">The salt of that hash, in base64.</param>
/// <param name="Proof">HMAC-SHA256, keyed with that hash, of <c>farm-identity ID NONCE</c>; 64 hex digits.</param>
internal sealed record IdentityMessage(string Id, int? Iterations, string? Salt, string? Proof);

/// <summary>An error.</summary>
/// <param name="Error">One plain sentence.</param>
internal sealed record ErrorMessage(string Error);

/// <summary>A file that a task produced.</summary>
/// <param name="Id">32 hex digits.</param>
/// <param name="Task">The task.</param>
/// <param name="TaskName">The task's name.</param>
/// <param name="Path">Relative path below the task's output directory.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, 64 hex digits.</param>
/// <param name="MediaType">Guessed from its name.</param>
/// <param name="Created">When the farm received it.</param>
internal sealed record ArtifactMessage(
    string Id, Guid Task, string TaskName, string Path, long Size, string Sha256, string MediaType, DateTimeOffset Created);

/// <summary>Files that tasks produced.</summary>
/// <param name="Artifacts">The requested page.</param>
/// <param name="Count">The total number of files.</param>
/// <param name="Bytes">The total size.</param>
internal sealed record ArtifactsMessage(IReadOnlyList<ArtifactMessage> Artifacts, long Count, long Bytes);

/// <summary>A file that a worker sent.</summary>
/// <param name="Path">The path that the worker sent.</param>
/// <param name="Size">Received bytes.</param>
/// <param name="Sha256">SHA-256 of the received bytes, for the worker to compare.</param>
internal sealed record UploadedMessage(string Path, long Size, string Sha256);

/// <summary>Messages of a worker about a task that it failed.</summary>
/// <param name="Messages">The texts, in order.</param>
internal sealed record TaskMessagesMessage(IReadOnlyList<string> Messages);

/// <summary>JSON of this protocol: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DatabaseCopyMessage))]
[JsonSerializable(typeof(BackupMessage))]
[JsonSerializable(typeof(BackupsMessage))]
[JsonSerializable(typeof(NewBackupMessage))]
[JsonSerializable(typeof(RestoreMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(AccountMessage))]
[JsonSerializable(typeof(AccountsMessage))]
[JsonSerializable(typeof(NewAccountMessage))]
[JsonSerializable(typeof(PasswordMessage))]
[JsonSerializable(typeof(OwnPasswordMessage))]
[JsonSerializable(typeof(InvitationMessage))]
[JsonSerializable(typeof(PasswordCodeMessage))]
[JsonSerializable(typeof(UsedCodeMessage))]
[JsonSerializable(typeof(SessionsMessage))]
[JsonSerializable(typeof(RoleMessage))]
[JsonSerializable(typeof(TokensMessage))]
[JsonSerializable(typeof(NewTokenMessage))]
[JsonSerializable(typeof(MadeTokenMessage))]
[JsonSerializable(typeof(IdentityMessage))]
[JsonSerializable(typeof(ArtifactsMessage))]
[JsonSerializable(typeof(UploadedMessage))]
[JsonSerializable(typeof(TaskMessagesMessage))]
[JsonSerializable(typeof(AuditMessage))]
internal sealed partial class FarmJson : JsonSerializerContext;
