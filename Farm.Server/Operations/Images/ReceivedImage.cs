using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>An image that was received, inspected and accepted, and waits as a file.</summary>
internal sealed record ReceivedImage(Guid JobId, Guid? TaskId, string Path, ImageVerdict Verdict, long Sequence);
