using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>The environment variables of a session. Those of a later environment override earlier ones.</summary>
internal sealed partial class SessionVariables
{
    private readonly Stack<Layer> _layers = new();

    /// <summary>The current variables; null for those that are unset.</summary>
    public IReadOnlyDictionary<string, string?> Now
    {
        get
        {
            var now = new Dictionary<string, string?>();
            foreach (var layer in _layers.Reverse())
            {
                foreach (var (name, value) in layer.Set) now[name] = value;
                // Unsetting wins over setting in the same environment.
                foreach (var name in layer.Unset) now[name] = null;
            }

            return now;
        }
    }

    /// <summary>Enters an environment.</summary>
    public void Enter(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var layer = new Layer();
        foreach (var (name, value) in variables) layer.Set[name] = value;
        _layers.Push(layer);
    }

    /// <summary>Exits the last environment.</summary>
    public void Exit() => _layers.Pop();

    /// <summary>Sets <c>name=value</c> in the last environment.</summary>
    /// <returns>False if the text has another form.</returns>
    public bool Set(string assignment)
    {
        var equals = assignment.IndexOf('=');
        if (equals < 0 || !NamePattern().IsMatch(assignment[..equals])) return false;
        _layers.Peek().Set[assignment[..equals]] = assignment[(equals + 1)..];
        return true;
    }

    /// <summary>Unsets a variable in the last environment.</summary>
    /// <returns>False if the name is invalid.</returns>
    public bool Unset(string name) => NamePattern().IsMatch(name) && (_layers.Peek().Unset.Add(name) || true);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex NamePattern();

    private sealed class Layer
    {
        public Dictionary<string, string> Set { get; } = [];

        public HashSet<string> Unset { get; } = [];
    }
}
