using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>Makes rows of the tasks of a draft while it is enumerated; done before the writer is asked, so that it is held as briefly as possible.</summary>
internal static class TaskPreparation
{
    /// <summary>The tasks of a draft from a place on, in slices.</summary>
    /// <param name="draft">What a job type made.</param>
    /// <param name="skip">How many tasks are written already.</param>
    /// <param name="size">How many tasks to a slice.</param>
    /// <param name="newId">Makes ids.</param>
    public static IEnumerable<NewTaskRow[]> Slices(JobDraft draft, long skip, int size, Func<Guid> newId) =>
        Rows(draft, skip, newId).Chunk(size);

    /// <summary>The commands of a task in the form in which they are stored and handed out.</summary>
    public static string Json(IReadOnlyList<CommandDraft> commands)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var command in commands)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, command.Name);
                writer.WritePropertyName("parameters"u8);
                command.Parameters.WriteTo(writer);
                writer.WriteNumber("total_step_count"u8, command.TotalStepCount);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads commands back from the form in which they are stored.</summary>
    public static IReadOnlyList<CommandDraft> Parse(string json) =>
    [
        .. JsonNode.Parse(json)!.AsArray().Select(command => new CommandDraft(
            (string)command!["name"]!, (JsonObject)command["parameters"]!.DeepClone(), (int)command["total_step_count"]!)),
    ];

    private static IEnumerable<NewTaskRow> Rows(JobDraft draft, long skip, Func<Guid> newId)
    {
        for (var stage = 0; stage < draft.Stages.Count; stage++)
        {
            var number = stage;
            NewTaskRow Row(TaskDraft task) => new(number, newId(), task.Name, Json(task.Commands), task.StepsTotal, task.Frames);

            // What is found by its place is not made to be passed over.
            if (draft.Stages[stage].Tasks is IReadOnlyList<TaskDraft> list)
            {
                for (; skip < list.Count; skip++) yield return Row(list[(int)skip]);
                skip -= list.Count;
                continue;
            }

            foreach (var task in draft.Stages[stage].Tasks)
            {
                if (skip > 0) skip--;
                else yield return Row(task);
            }
        }
    }
}
