using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>The result of receiving an image.</summary>
internal enum ImageOutcome
{
    /// <summary>Accepted and queued.</summary>
    Accepted,

    /// <summary>The image limit of the farm or the job is reached; nothing was read.</summary>
    Full,

    /// <summary>Not a usable image; see <see cref="ImageReceipt.Fault"/>.</summary>
    Rejected,

    /// <summary>Fewer bytes than announced arrived, because the sender disconnected.</summary>
    Incomplete,
}

/// <summary>The answer to a sender.</summary>
/// <param name="Reason">A sentence for the sender; empty if <see cref="ImageOutcome.Accepted"/>.</param>
internal sealed record ImageReceipt(ImageOutcome Outcome, string Reason = "", ImageFault? Fault = null);

/// <summary>The newest image of a job is now available.</summary>
/// <param name="TaskId">The task that produced it, if the sender named it.</param>
internal sealed record ImageStored(Guid JobId, Guid? TaskId);
