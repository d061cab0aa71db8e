using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// A recipe as the one command of its task, in the form of all commands: so the dashboard and the other contracts show it, and it is stored once.
/// </summary>
internal static class RecipeCommand
{
    /// <summary>The type of tasks that are recipes, and the type of jobs that are projects.</summary>
    public const string Type = "task_tracker";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The commands of a task.</summary>
    public static string Json(string recipe)
    {
        var buffer = new ArrayBufferWriter<byte>(recipe.Length + 80);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("name"u8, "recipe"u8);
            writer.WriteStartObject("parameters"u8);
            writer.WriteString("recipe"u8, recipe);
            writer.WriteEndObject();
            writer.WriteNumber("total_step_count"u8, 0);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The recipe in the commands of a task, letter by letter as it was submitted.</summary>
    public static string Recipe(string commands)
    {
        using var document = JsonDocument.Parse(commands);
        return document.RootElement[0].GetProperty("parameters"u8).GetProperty("recipe"u8).GetString()!;
    }
}
