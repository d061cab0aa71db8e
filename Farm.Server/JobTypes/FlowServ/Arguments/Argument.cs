using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Arguments;

/// <summary>A submitted argument of a run.</summary>
internal sealed record Argument(string Name, PyValue Value);

/// <summary>A file uploaded for the runs of a group.</summary>
/// <param name="Sha256">Hash of the content.</param>
/// <param name="Size">In bytes.</param>
internal readonly record struct UploadedFile(string Sha256, long Size);

/// <summary>The parameter values of a run.</summary>
/// <param name="Values">The converted arguments by parameter name.</param>
/// <param name="Files">The uploads among them, with their paths in the run folder.</param>
internal sealed record RunArguments(IReadOnlyDictionary<string, PyValue> Values, IReadOnlyList<RunFile> Files);
