namespace Farm.Tests.Drills.Fuzz;

/// <summary>How a body is sent.</summary>
internal enum Framing
{
    /// <summary>With its length.</summary>
    Length,

    /// <summary>In chunks.</summary>
    Chunked,

    /// <summary>In chunks, without the last.</summary>
    ChunkedCutShort,

    /// <summary>In chunks, one of which has a size that is no number.</summary>
    ChunkedNonsense,

    /// <summary>With more bytes announced than are sent.</summary>
    LengthTooLong,

    /// <summary>With fewer bytes announced than are sent.</summary>
    LengthTooShort,

    /// <summary>With a length that is none.</summary>
    LengthNonsense,

    /// <summary>With a length and in chunks.</summary>
    LengthAndChunked,

    /// <summary>Without a length.</summary>
    None,
}
