namespace Farm.Server.Domain.Artifacts;

/// <summary>How many files there are, and their bytes.</summary>
internal readonly record struct FileTotals(long Files, long Bytes);
