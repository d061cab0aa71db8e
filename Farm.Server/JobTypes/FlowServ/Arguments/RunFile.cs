namespace Farm.Server.JobTypes.FlowServ.Arguments;

/// <summary>A file in the run folder before the run starts.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Sha256">Its content.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record RunFile(string Path, string Sha256, long Size);
