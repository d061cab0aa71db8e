using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Farm.Server.Hosting.Health;

/// <summary>One value of a metric.</summary>
/// <param name="Labels">Names and values, in the order in which they are shown.</param>
internal readonly record struct Sample(double Value, params (string Name, string Value)[] Labels);

/// <summary>
/// The farm's numbers as text that Prometheus reads. Others add at the start where a number comes from; it is asked for when somebody looks.
/// </summary>
internal sealed partial class MetricsRegistry(ILogger<MetricsRegistry> log)
{
    private readonly List<Metric> _metrics = [];

    /// <summary>Adds a number that goes up and down.</summary>
    /// <param name="name">With the unit at its end, as <c>farm_images_waiting_bytes</c>.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="read">Called on the thread of whoever looks; must be quick.</param>
    public void Gauge(string name, string help, Func<double> read) => Add(name, help, "gauge", () => [new Sample(read())]);

    /// <summary>Adds numbers that go up and down, told apart by labels.</summary>
    public void Gauge(string name, string help, Func<IEnumerable<Sample>> read) => Add(name, help, "gauge", read);

    /// <summary>Adds a number that only goes up while the process lives; its name ends in <c>_total</c>.</summary>
    public void Counter(string name, string help, Func<double> read) => Add(name, help, "counter", () => [new Sample(read())]);

    /// <summary>Adds numbers that only go up, told apart by labels.</summary>
    public void Counter(string name, string help, Func<IEnumerable<Sample>> read) => Add(name, help, "counter", read);

    /// <summary>Everything, in the order in which it was added. A metric whose number cannot be read is left out and logged.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var metric in _metrics)
        {
            try
            {
                text.Append(Write(metric));
            }
            catch (Exception e)
            {
                log.LogWarning("metric {Name} cannot be read: {Problem}", metric.Name, e.Message);
            }
        }
        return text.ToString();
    }

    private void Add(string name, string help, string type, Func<IEnumerable<Sample>> read)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException($"\"{name}\" is no name for a metric", nameof(name));
        if (_metrics.Any(metric => metric.Name == name))
            throw new ArgumentException($"there is a metric {name} already", nameof(name));
        _metrics.Add(new Metric(name, help, type, read));
    }

    private static StringBuilder Write(Metric metric)
    {
        var text = new StringBuilder();
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(Escape(metric.Help)).Append('\n');
        text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Type).Append('\n');
        foreach (var sample in metric.Read())
        {
            text.Append(metric.Name);
            if (sample.Labels is { Length: > 0 } labels)
                text.Append('{').AppendJoin(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value).Replace("\"", "\\\"")}\"")).Append('}');
            text.Append(' ').Append(Number(sample.Value)).Append('\n');
        }
        return text;
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\n", "\\n");

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex ValidName();

    private sealed record Metric(string Name, string Help, string Type, Func<IEnumerable<Sample>> Read);
}
