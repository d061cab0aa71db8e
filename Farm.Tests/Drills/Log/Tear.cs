namespace Farm.Tests.Drills.Log;

/// <summary>What a power cut leaves of the end of a file that was not on the disk yet.</summary>
internal enum Tear
{
    /// <summary>The file is shorter.</summary>
    Cut,

    /// <summary>The end is zeros.</summary>
    Zeros,

    /// <summary>The end is what was on the disk before.</summary>
    Garbage,

    /// <summary>A part in the middle is missing, and what follows is there.</summary>
    Hole,
}
