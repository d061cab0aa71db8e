namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>A task as someone submits it to a project.</summary>
/// <param name="Text">What a worker is to do, in words of its own; handed out letter by letter.</param>
/// <param name="Priority">Higher goes first within the project.</param>
/// <param name="Terms">What else is asked for.</param>
internal sealed record NewRecipe(string Text, int Priority, RecipeTerms Terms)
{
    private const int LongestName = 60;

    /// <summary>A name for people: the beginning of the first line.</summary>
    public string Name
    {
        get
        {
            var line = Text.AsSpan().Trim();
            var end = line.IndexOfAny('\r', '\n');
            if (end >= 0) line = line[..end];
            if (line.Length > LongestName) line = line[..(char.IsHighSurrogate(line[LongestName - 1]) ? LongestName - 1 : LongestName)];
            var name = string.Concat(line.ToString().Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
            return name.Length > 0 ? name : "recipe";
        }
    }
}
