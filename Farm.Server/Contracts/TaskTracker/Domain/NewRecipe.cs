namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>A task to submit to a project.</summary>
/// <param name="Text">The recipe: what the worker should do, in its own format; never interpreted or changed.</param>
/// <param name="Priority">Higher goes first within the project.</param>
/// <param name="Terms">Retries, time limit, verification and hash.</param>
internal sealed record NewRecipe(string Text, int Priority, RecipeTerms Terms)
{
    private const int MaxNameLength = 60;

    /// <summary>The task name: the start of the recipe's first line.</summary>
    public string Name
    {
        get
        {
            var line = Text.AsSpan().Trim();
            var end = line.IndexOfAny('\r', '\n');
            if (end >= 0) line = line[..end];
            if (line.Length > MaxNameLength) line = line[..(char.IsHighSurrogate(line[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];
            var name = string.Concat(line.ToString().Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
            return name.Length > 0 ? name : "recipe";
        }
    }
}
