using System.Collections;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.OpenJobDescription.Spaces;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>The tasks of a step, created on access.</summary>
/// <param name="name">The step's name.</param>
/// <param name="space">The parameter space; null for a single task.</param>
/// <param name="command">Creates the command of a task from its parameter values.</param>
internal sealed class StepTasks(
    string name, ParameterSpace? space, Func<IReadOnlyList<KeyValuePair<string, string>>, CommandDraft> command) : IReadOnlyList<TaskDraft>
{
    private const int MostOfName = 200;
    private const string FrameParameter = "Frame";

    /// <inheritdoc/>
    public int Count => (int)(space?.Count ?? 1);

    /// <inheritdoc/>
    public TaskDraft this[int index]
    {
        get => Task(space?.At(index) ?? []);
    }

    /// <summary>How large the tasks are, provided that paths are not mapped.</summary>
    public TaskBounds Bounds => new(Count, () => Task(space?.Shortest ?? []), () => Task(space?.Longest ?? []));

    /// <inheritdoc/>
    public IEnumerator<TaskDraft> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TaskDraft Task(KeyValuePair<string, string>[] point) => new(NameOf(point), [command(point)]) { Frames = FramesOf(point) };

    private string NameOf(KeyValuePair<string, string>[] point)
    {
        var text = string.Join(' ', [name, .. point.Select(value => $"{value.Key}={value.Value}")]).ReplaceLineEndings(" ");
        return text.Length > MostOfName ? text[..MostOfName] + "…" : text;
    }

    private static string? FramesOf(KeyValuePair<string, string>[] point) =>
        point.FirstOrDefault(value => value.Key.Equals(FrameParameter, StringComparison.OrdinalIgnoreCase)).Value is { } frame
        && int.TryParse(frame, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0
            ? $"{frame}-{frame}"
            : null;
}
