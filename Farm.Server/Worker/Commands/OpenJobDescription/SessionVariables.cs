using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>The environment variables of a session: those of each entered environment lie over those of the ones before it.</summary>
internal sealed partial class SessionVariables
{
    private readonly Stack<Layer> _layers = new();

    /// <summary>What is in force now; null for variables that are unset.</summary>
    public IReadOnlyDictionary<string, string?> Now
    {
        get
        {
            var now = new Dictionary<string, string?>();
            foreach (var layer in _layers.Reverse())
            {
                foreach (var (name, value) in layer.Set) now[name] = value;
                // What an environment both sets and unsets is unset.
                foreach (var name in layer.Unset) now[name] = null;
            }

            return now;
        }
    }

    /// <summary>An environment is entered.</summary>
    public void Enter(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var layer = new Layer();
        foreach (var (name, value) in variables) layer.Set[name] = value;
        _layers.Push(layer);
    }

    /// <summary>The environment that was entered last is left.</summary>
    public void Exit() => _layers.Pop();

    /// <summary>Takes <c>name=value</c> for the environment that was entered last.</summary>
    /// <returns>False if it is something else.</returns>
    public bool Set(string assignment)
    {
        var equals = assignment.IndexOf('=');
        if (equals < 0 || !NamePattern().IsMatch(assignment[..equals])) return false;
        _layers.Peek().Set[assignment[..equals]] = assignment[(equals + 1)..];
        return true;
    }

    /// <summary>Unsets a variable for the environment that was entered last.</summary>
    /// <returns>False if this is no name.</returns>
    public bool Unset(string name) => NamePattern().IsMatch(name) && (_layers.Peek().Unset.Add(name) || true);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex NamePattern();

    private sealed class Layer
    {
        public Dictionary<string, string> Set { get; } = [];

        public HashSet<string> Unset { get; } = [];
    }
}
