namespace Farm.Server.JobTypes.FlowServ.Arguments;

/// <summary>A file to place in the run folder before the run starts.</summary>
/// <param name="Path">Relative to the run folder.</param>
/// <param name="Sha256">Hash of the content.</param>
/// <param name="Size">In bytes.</param>
internal sealed record RunFile(string Path, string Sha256, long Size);
