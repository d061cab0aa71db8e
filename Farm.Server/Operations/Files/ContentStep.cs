namespace Farm.Server.Operations.Files;

/// <summary>The steps of <see cref="SharedContents"/> before which other managers may do anything.</summary>
internal enum ContentStep
{
    /// <summary>Writing the row of a file that is in its place.</summary>
    WriteRow,

    /// <summary>Taking away a file without a row.</summary>
    SetAside,

    /// <summary>Looking whether that file has a row by now.</summary>
    FindRow,
}
