using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Arguments;

/// <summary>What someone sent for a parameter of a run.</summary>
internal sealed record Argument(string Name, PyValue Value);

/// <summary>A file that someone uploaded for runs of a group.</summary>
/// <param name="Sha256">Its content.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct UploadedFile(string Sha256, long Size);

/// <summary>The values of the parameters of a run.</summary>
/// <param name="Values">The cast arguments by parameter.</param>
/// <param name="Files">The uploads among them, where they go in the run folder.</param>
internal sealed record RunArguments(IReadOnlyDictionary<string, PyValue> Values, IReadOnlyList<RunFile> Files);
