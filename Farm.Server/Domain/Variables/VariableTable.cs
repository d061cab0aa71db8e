namespace Farm.Server.Domain.Variables;

/// <summary>The variables of a farm, and what is done with them (Contracts/Flamenco/Contract.md section 8). Immutable.</summary>
internal sealed class VariableTable
{
    /// <summary>The name of the variable that stands for the farm's shared storage.</summary>
    public const string JobsVariable = "jobs";

    private const string ManagerPlatform = "manager";

    private readonly IReadOnlyList<Variable> _variables;
    private readonly string _managerPlatform;

    /// <summary>Takes the configured variables and adds the implicit one.</summary>
    /// <param name="configured">Where two have the same name, the later one counts; one named <c>jobs</c> does not count.</param>
    /// <param name="managerPlatform">The platform of the farm's own machine.</param>
    /// <param name="sharedStorage">The effective shared storage, hence <c>{jobs}</c> on all platforms; null for no such variable.</param>
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

    /// <summary>The variables that it was made of, without the implicit one.</summary>
    public IReadOnlyList<Variable> Configured { get; }

    /// <summary>The variables that have a value there, sorted by name, each with that value.</summary>
    public IReadOnlyList<BoundVariable> For(VariableAudience audience, string platform) =>
    [
        .. _variables
            .Select(variable => (variable, Value: variable.Find(audience, Resolve(platform))))
            .Where(pair => pair.Value is not null)
            .Select(pair => new BoundVariable(pair.variable.Name, pair.Value!, pair.variable.IsTwoway)),
    ];

    /// <summary>What turns paths of a submitter into <c>{name}</c>.</summary>
    /// <param name="submitterPlatform">May be <c>manager</c>: the manager's own platform.</param>
    public VariableReplacer ReplacerFor(string submitterPlatform) => new(For(VariableAudience.Workers, submitterPlatform));

    /// <summary>What turns <c>{name}</c> into values for that audience and platform. Keep it while many commands are expanded.</summary>
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
/// <param name="Name">Without braces.</param>
/// <param name="Value">A two-way value has no separator at its end.</param>
/// <param name="IsTwoway">See <see cref="Variable.IsTwoway"/>.</param>
internal sealed record BoundVariable(string Name, string Value, bool IsTwoway);
