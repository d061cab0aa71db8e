using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.Drafts;

/// <summary>Serializes task commands to JSON.</summary>
internal static class CommandDraftJson
{
    /// <summary>The commands as they are stored and sent to workers.</summary>
    public static string Write(IReadOnlyList<CommandDraft> commands)
    {
        using var buffer = new MemoryStream();
        Write(commands, buffer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The number of bytes that <see cref="Write(IReadOnlyList{CommandDraft})"/> makes.</summary>
    public static long Bytes(IReadOnlyList<CommandDraft> commands)
    {
        using var counter = new CountingStream();
        Write(commands, counter);
        return counter.Length;
    }

    private static void Write(IReadOnlyList<CommandDraft> commands, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream);
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

    /// <summary>Reads stored commands.</summary>
    public static IReadOnlyList<CommandDraft> Read(string json) =>
    [
        .. JsonNode.Parse(json)!.AsArray().Select(command => new CommandDraft(
            (string)command!["name"]!, (JsonObject)command["parameters"]!.DeepClone(), (int)command["total_step_count"]!)),
    ];
}
