namespace Farm.Server.Domain.Variables;

/// <summary>The variables of a farm (Contracts/Flamenco/Contract.md section 8). Immutable.</summary>
internal sealed class VariableTable
{
    /// <summary>The name of the variable that stands for the farm's shared storage.</summary>
    public const string JobsVariable = "jobs";

    private const string ManagerPlatform = "manager";

    private readonly IReadOnlyList<Variable> _variables;
    private readonly string _managerPlatform;

    /// <summary>Adds the implicit variable to the configured ones.</summary>
    /// <param name="configured">
    /// The configured variables. If two have the same name, the last one wins; one named <c>jobs</c> is replaced.
    /// </param>
    /// <param name="managerPlatform">The platform of the server.</param>
    /// <param name="sharedStorage">
    /// The shared storage, which is the value of <c>{jobs}</c> on all platforms; null for no such variable.
    /// </param>
    public VariableTable(IEnumerable<Variable> configured, string managerPlatform, string? sharedStorage)
    {
        _managerPlatform = managerPlatform;
        Configured = [.. configured];
        var byName = new Dictionary<string, Variable>(StringComparer.Ordinal);
        foreach (var variable in Configured)
            byName[variable.Name] = variable;
        if (sharedStorage is not null)
        {
            var everywhere = new VariableValue(VariableAudience.All, [VariableValue.AllPlatforms], sharedStorage);
            byName[JobsVariable] = new(JobsVariable, IsTwoway: false, [everywhere]);
        }
        _variables = [.. byName.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal)];
    }

    /// <summary>The configured variables, without the implicit one.</summary>
    public IReadOnlyList<Variable> Configured { get; }

    /// <summary>The variables that have a value for an audience and platform, sorted by name.</summary>
    public IReadOnlyList<BoundVariable> For(VariableAudience audience, string platform) =>
    [
        .. _variables
            .Select(variable => (variable, Value: variable.Find(audience, Resolve(platform))))
            .Where(pair => pair.Value is not null)
            .Select(pair => new BoundVariable(pair.variable.Name, pair.Value!, pair.variable.IsTwoway)),
    ];

    /// <summary>Creates a replacer for the paths of a submitter.</summary>
    /// <param name="submitterPlatform">The platform; <c>manager</c> is that of the manager.</param>
    public VariableReplacer ReplacerFor(string submitterPlatform) => new(For(VariableAudience.Workers, submitterPlatform));

    /// <summary>Creates an expander for an audience and platform. Reuse it for many commands.</summary>
    public VariableExpander ExpanderFor(VariableAudience audience, string platform)
    {
        var there = For(audience, platform);
        var atManager = For(VariableAudience.Workers, _managerPlatform)
            .Where(variable => variable.IsTwoway && there.Any(other => other.Name == variable.Name));
        return new VariableExpander(there, [.. atManager], Resolve(platform));
    }

    private string Resolve(string platform) => platform == ManagerPlatform ? _managerPlatform : platform;
}

/// <summary>A variable with its value for one audience and platform.</summary>
/// <param name="Name">The name without braces.</param>
/// <param name="Value">The value; that of a two-way variable has no trailing separator.</param>
/// <param name="IsTwoway">See <see cref="Variable.IsTwoway"/>.</param>
internal sealed record BoundVariable(string Name, string Value, bool IsTwoway);
