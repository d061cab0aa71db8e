using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Stores a recipe as the only command of its task, so that the dashboard and other protocols show it too.</summary>
internal static class RecipeCommand
{
    /// <summary>The task type of recipes and the job type of projects.</summary>
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

    /// <summary>The recipe in the commands of a task, exactly as submitted.</summary>
    public static string Recipe(string commands)
    {
        using var document = JsonDocument.Parse(commands);
        return document.RootElement[0].GetProperty("parameters"u8).GetProperty("recipe"u8).GetString()!;
    }
}
