using Farm.Server.Domain.Tasks;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Builds the UPDATE statements for tasks from the table of effects: one per effect for a single task, one for many. Parameters: <c>$1</c>
/// the task, or a JSON array of tasks; <c>$2</c> now; <c>$3</c> the activity or null; <c>$4</c> the reported steps or null; <c>$5</c> the
/// new attempt; <c>$6</c> its worker.
/// </summary>
internal static class TaskChangeSql
{
    /// <summary>The ids in the JSON array <c>$1</c>.</summary>
    public const string Ids = "(SELECT value FROM json_each($1))";

    private static readonly string?[] OneTask = new string?[TaskEffects.Count];
    private static readonly string?[] ManyTasks = new string?[TaskEffects.Count];
    private static readonly string?[] EachTask = new string?[TaskEffects.Count];

    /// <summary>For one task.</summary>
    public static string One(TaskEffect effect) => OneTask[Number(effect)] ??= string.Intern($"UPDATE tasks SET {Values(effect, "$3", "$5", "$6", "coalesce($4, steps_completed)")} WHERE id = $1");

    /// <summary>For tasks that all have the effect's old status.</summary>
    public static string Many(TaskEffect effect) => ManyTasks[Number(effect)] ??= string.Intern(
        $"UPDATE tasks SET {Values(effect, "$3", "(SELECT a.id FROM attempts a WHERE a.task_id = tasks.id AND a.outcome = 0)", "$6", null)} WHERE id IN {Ids}");

    /// <summary>
    /// For tasks that all have the effect's old status, each with its own values: <c>$1</c> rows with the task, the activity, the steps, the new
    /// attempt and its worker (<see cref="RowList"/>); <c>$2</c> now.
    /// </summary>
    public static string Each(TaskEffect effect) => EachTask[Number(effect)] ??= string.Intern(
        $"""
        UPDATE tasks SET {Values(effect, "r.new_activity", "r.new_attempt", "r.new_worker", "coalesce(r.new_steps, steps_completed)")}
        FROM (SELECT CAST(value ->> 0 AS BIGINT) AS task, value ->> 1 AS new_activity, CAST(value ->> 2 AS BIGINT) AS new_steps,
          CAST(value ->> 3 AS BIGINT) AS new_attempt, CAST(value ->> 4 AS BIGINT) AS new_worker FROM json_each($1, '$')) AS r
        WHERE tasks.id = r.task
        """);

    private static int Number(TaskEffect effect) => TaskEffects.Number(effect.From, effect.To, effect.Cause);

    private static string Values(TaskEffect effect, string activity, string attempt, string worker, string? steps) =>
        string.Join(", ", Columns(effect, activity, attempt, worker, steps));

    private static IEnumerable<string> Columns(TaskEffect effect, string activity, string attempt, string worker, string? keptSteps)
    {
        yield return $"status = {(int)effect.To}";
        yield return "updated_at = $2";
        yield return $"activity = coalesce({activity}, activity)";
        if (effect.Attempt == AttemptEffect.Begin) yield return $"attempt_id = {attempt}, worker_id = {worker}";
        if (effect.Attempt == AttemptEffect.End) yield return "attempt_id = NULL";
        var steps = effect.Steps switch { StepsEffect.None => "0", StepsEffect.All => "steps_total", _ => keptSteps };
        if (steps is not null) yield return $"steps_completed = {steps}";
        if (TimeValue(effect.StartedAt) is { } started) yield return $"started_at = {started}";
        if (TimeValue(effect.TouchedAt) is { } touched) yield return $"touched_at = {touched}";
        if (TimeValue(effect.CompletedAt) is { } completed) yield return $"completed_at = {completed}";
        if (Counter(effect.Errors, "errors") is { } errors) yield return $"errors = {errors}";
        if (Counter(effect.Timeouts, "timeouts") is { } timeouts) yield return $"timeouts = {timeouts}";
    }

    private static string? TimeValue(TimeEffect effect) => effect switch { TimeEffect.Now => "$2", TimeEffect.Clear => "NULL", _ => null };

    private static string? Counter(CountEffect effect, string column) =>
        effect switch { CountEffect.Add => $"{column} + 1", CountEffect.Clear => "0", _ => null };
}
