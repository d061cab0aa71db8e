using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>How the taking in of an image ended.</summary>
internal enum ImageOutcome
{
    /// <summary>It waits for its turn.</summary>
    Taken,

    /// <summary>The farm, or the job, has as many images in work as it may; nothing was read.</summary>
    Full,

    /// <summary>It is no usable image; see <see cref="ImageReceipt.Fault"/>.</summary>
    Refused,

    /// <summary>Fewer bytes came than were announced: the sender went away.</summary>
    Incomplete,
}

/// <summary>The answer to a sender.</summary>
/// <param name="Reason">A sentence for the sender; empty when <see cref="ImageOutcome.Taken"/>.</param>
internal sealed record ImageReceipt(ImageOutcome Outcome, string Reason = "", ImageFault? Fault = null);

/// <summary>A job's newest image can now be seen under its names.</summary>
/// <param name="TaskId">The task that made it, when the sender said so.</param>
internal sealed record ImageStored(Guid JobId, Guid? TaskId);
