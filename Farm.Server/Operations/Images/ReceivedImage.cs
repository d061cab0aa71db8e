using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>An accepted image in a file, waiting to be processed.</summary>
internal sealed record ReceivedImage(Guid JobId, Guid? TaskId, string Path, ImageVerdict Verdict, long Sequence);
