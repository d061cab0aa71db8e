using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>A part of a long text to insert.</summary>
/// <param name="Owner">The column.</param>
/// <param name="OwnerId">The id of its row.</param>
/// <param name="Number">The index of the part.</param>
/// <param name="Text">The part.</param>
internal readonly record struct NewTextPart(LongTextOwner Owner, long OwnerId, int Number, string Text);

/// <summary>
/// Writes and reads texts that are stored in parts (<see cref="LongText"/>). The constants are the expressions that read a column, whether its text
/// is in the row or in parts.
/// </summary>
internal static class LongTextTable
{
    /// <summary>The settings of a job <c>j</c>.</summary>
    public const string Settings = $"CASE WHEN j.settings = '' THEN ({Parts} WHERE p.owner = 0 AND p.owner_id = j.id) ELSE j.settings END";

    /// <summary>The metadata of a job <c>j</c>.</summary>
    public const string Metadata = $"CASE WHEN j.metadata = '' THEN ({Parts} WHERE p.owner = 1 AND p.owner_id = j.id) ELSE j.metadata END";

    /// <summary>The source of a job, whose row in <c>job_sources</c> is <c>s</c>.</summary>
    public const string Source = $"CASE WHEN s.source = '' THEN ({Parts} WHERE p.owner = 2 AND p.owner_id = s.job_id) ELSE s.source END";

    /// <summary>The parameters that the commands of a stage <c>s</c> share.</summary>
    public const string SharedParameters =
        $"CASE WHEN s.shared_parameters = '' THEN ({Parts} WHERE p.owner = 3 AND p.owner_id = s.id) ELSE s.shared_parameters END";

    /// <summary>The commands of a list <c>c</c>.</summary>
    public const string Commands = $"CASE WHEN c.commands = '' THEN ({Parts} WHERE p.owner = 4 AND p.owner_id = c.id) ELSE c.commands END";

    /// <summary>The commands from which those of a list <c>c</c> are the difference; null if they are whole.</summary>
    public const string BaseCommands =
        $"""
        (SELECT CASE WHEN b.commands = '' THEN ({Parts} WHERE p.owner = 4 AND p.owner_id = b.id) ELSE b.commands END
          FROM command_lists b WHERE b.id = c.base_id)
        """;

    private const string Parts = "SELECT string_agg(p.text, '' ORDER BY p.number) FROM text_parts p";

    /// <summary>Inserts a part.</summary>
    public static void Insert(StoreSession db, long jobId, in NewTextPart part) => db.Execute(
        "INSERT INTO text_parts (job_id, owner, owner_id, number, text) VALUES ($1, $2, $3, $4, $5)", jobId, part.Owner, part.OwnerId, part.Number, part.Text);

    /// <summary>Whether a text of a job or its stages is stored in parts. While the job has no tasks, some may be missing.</summary>
    public static bool AreInJob(StoreSession db, long jobId) => db.Number(
        """
        SELECT EXISTS (SELECT 1 FROM jobs WHERE id = $1 AND (settings = '' OR metadata = ''))
          OR EXISTS (SELECT 1 FROM job_sources WHERE job_id = $1 AND source = '')
          OR EXISTS (SELECT 1 FROM stages WHERE job_id = $1 AND shared_parameters = '')
        """,
        jobId) > 0;

    /// <summary>Removes up to <paramref name="count"/> parts of a job; returns how many.</summary>
    public static int RemoveOfJob(StoreSession db, long jobId, int count) => db.Execute(
        "DELETE FROM text_parts WHERE id IN (SELECT id FROM text_parts WHERE job_id = $1 LIMIT $2)", jobId, count);
}
