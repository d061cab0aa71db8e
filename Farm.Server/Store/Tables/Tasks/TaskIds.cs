using System.Globalization;
using System.Text;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Passes many tasks as one statement parameter.</summary>
internal static class TaskIds
{
    /// <summary>A JSON array of the ids, which <c>json_each</c> reads.</summary>
    public static string Json(IReadOnlyList<TaskRef> tasks)
    {
        var text = new StringBuilder(tasks.Count * 8).Append('[');
        for (var i = 0; i < tasks.Count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{tasks[i].Id}");
        }

        return text.Append(']').ToString();
    }
}
