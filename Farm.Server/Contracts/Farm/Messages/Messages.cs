using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Farm.Messages;

/// <summary>A backup that was written.</summary>
/// <param name="File">Its path on the server's machine.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record BackupMessage(string File, long Bytes);

/// <summary>A refusal.</summary>
/// <param name="Error">One plain sentence.</param>
internal sealed record ErrorMessage(string Error);

/// <summary>A file that a task produced.</summary>
/// <param name="Id">32 hex digits.</param>
/// <param name="Task">The task.</param>
/// <param name="TaskName">Its name for people.</param>
/// <param name="Path">Where the task wrote it, relative.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, 64 hex digits.</param>
/// <param name="MediaType">What its name says it is.</param>
/// <param name="Created">When the farm had received it.</param>
internal sealed record ArtifactMessage(
    string Id, Guid Task, string TaskName, string Path, long Size, string Sha256, string MediaType, DateTimeOffset Created);

/// <summary>Files that tasks produced.</summary>
/// <param name="Artifacts">Those that were asked for.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Bytes">The bytes of all.</param>
internal sealed record ArtifactsMessage(IReadOnlyList<ArtifactMessage> Artifacts, long Count, long Bytes);

/// <summary>A file that a worker sent.</summary>
/// <param name="Path">As the worker named it.</param>
/// <param name="Size">What came, in bytes.</param>
/// <param name="Sha256">The SHA-256 of what came, for the worker to compare.</param>
internal sealed record UploadedMessage(string Path, long Size, string Sha256);

/// <summary>What a worker left to be read with a task that it failed.</summary>
/// <param name="Messages">Texts, in order.</param>
internal sealed record TaskMessagesMessage(IReadOnlyList<string> Messages);

/// <summary>The wire form of this contract: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(ArtifactsMessage))]
[JsonSerializable(typeof(UploadedMessage))]
[JsonSerializable(typeof(TaskMessagesMessage))]
internal sealed partial class FarmJson : JsonSerializerContext;
