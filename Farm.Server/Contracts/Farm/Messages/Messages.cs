using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Farm.Messages;

/// <summary>A backup that was written.</summary>
/// <param name="File">Its path on the server's machine.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record BackupMessage(string File, long Bytes);

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
[JsonSerializable(typeof(BackupMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(ArtifactsMessage))]
[JsonSerializable(typeof(UploadedMessage))]
[JsonSerializable(typeof(TaskMessagesMessage))]
internal sealed partial class FarmJson : JsonSerializerContext;
