namespace Farm.Server.Domain.Artifacts;

/// <summary>The number of files and their total size.</summary>
internal readonly record struct FileTotals(long Files, long Bytes);
