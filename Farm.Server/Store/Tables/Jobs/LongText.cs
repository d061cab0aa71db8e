namespace Farm.Server.Store.Tables.Jobs;

/// <summary>The column that a long text replaces, as stored in <c>text_parts.owner</c>.</summary>
internal enum LongTextOwner
{
    /// <summary>The settings of a job.</summary>
    Settings = 0,

    /// <summary>The metadata of a job.</summary>
    Metadata = 1,

    /// <summary>The source of a job.</summary>
    Source = 2,

    /// <summary>The parameters that the commands of a stage share.</summary>
    SharedParameters = 3,

    /// <summary>A list of commands.</summary>
    Commands = 4,
}

/// <summary>Texts that are stored in parts, because they are long.</summary>
internal static class LongText
{
    /// <summary>The length in characters from which a text is stored in parts.</summary>
    public const int MinLength = 64 * 1024;

    /// <summary>The length of a part in characters.</summary>
    public const int PartLength = 128 * 1024;

    /// <summary>Whether a text is stored in parts.</summary>
    public static bool IsLong(string text) => text.Length >= MinLength;

    /// <summary>What the row itself stores of a text: nothing of a long one.</summary>
    public static string InRow(string text) => IsLong(text) ? "" : text;

    /// <summary>The parts of a text. None ends between the two halves of a character.</summary>
    public static IEnumerable<string> Parts(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + PartLength);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
            yield return text[start..end];
            start = end;
        }
    }
}
