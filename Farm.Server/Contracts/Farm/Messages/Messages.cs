using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Farm.Messages;

/// <summary>A backup that was written.</summary>
/// <param name="File">Its path on the server's machine.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record BackupMessage(string File, long Bytes);

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

/// <summary>An account.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Username">Its name.</param>
/// <param name="Active">Whether it may sign in; an administrator activates it.</param>
/// <param name="Role">What it is: <c>artist</c>, <c>operator</c> or <c>administrator</c>.</param>
/// <param name="Created">When it was registered.</param>
internal sealed record AccountMessage(Guid Id, string Username, bool Active, string Role, DateTimeOffset Created);

/// <summary>All accounts, in order of registration.</summary>
internal sealed record AccountsMessage(IReadOnlyList<AccountMessage> Accounts);

/// <summary>An account to add; without a role, an artist.</summary>
internal sealed record NewAccountMessage(string? Username, string? Password, string? Role);

/// <summary>The new role of an account.</summary>
internal sealed record RoleMessage(string? Role);

/// <summary>The new password of an account.</summary>
internal sealed record PasswordMessage(string? Password);

/// <summary>JSON of this protocol: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(AccountMessage))]
[JsonSerializable(typeof(AccountsMessage))]
[JsonSerializable(typeof(NewAccountMessage))]
[JsonSerializable(typeof(PasswordMessage))]
[JsonSerializable(typeof(RoleMessage))]
[JsonSerializable(typeof(IdentityMessage))]
[JsonSerializable(typeof(ArtifactsMessage))]
[JsonSerializable(typeof(UploadedMessage))]
[JsonSerializable(typeof(TaskMessagesMessage))]
[JsonSerializable(typeof(AuditMessage))]
internal sealed partial class FarmJson : JsonSerializerContext;
