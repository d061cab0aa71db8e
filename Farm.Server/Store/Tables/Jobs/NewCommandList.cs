namespace Farm.Server.Store.Tables.Jobs;

/// <summary>A list of commands to insert once for all tasks that run it.</summary>
/// <param name="text">The commands as JSON; or their difference from <paramref name="common"/>.</param>
/// <param name="common">A list of the same job that is inserted before this one; null for none.</param>
internal sealed class NewCommandList(string text, NewCommandList? common = null)
{
    /// <summary>What is stored.</summary>
    public string Text => text;

    /// <summary>The list from which <see cref="Text"/> is the difference; null if it is whole.</summary>
    public NewCommandList? Base => common;

    /// <summary>Its id, once it is inserted.</summary>
    public long? Id { get; set; }
}
