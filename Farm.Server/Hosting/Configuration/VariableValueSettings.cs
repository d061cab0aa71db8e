using System.ComponentModel.DataAnnotations;
using Farm.Server.Domain.Variables;

namespace Farm.Server.Hosting.Configuration;

/// <summary>A value of a variable of the settings.</summary>
internal sealed record VariableValueSettings : IValidatableObject
{
    /// <summary>Who gets this value.</summary>
    [ConfigurationKeyName("audience")]
    public VariableAudience Audience { get; init; } = VariableAudience.All;

    /// <summary>Its only platform; null where <see cref="Platforms"/> is set.</summary>
    [ConfigurationKeyName("platform")]
    public string? Platform { get; init; }

    /// <summary>Its platforms.</summary>
    [ConfigurationKeyName("platforms")]
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The value.</summary>
    [ConfigurationKeyName("value")]
    public string? Value { get; init; }

    /// <summary>The value as the farm uses it.</summary>
    public VariableValue ToValue() => new(Audience, string.IsNullOrEmpty(Platform) ? Platforms : [Platform], Value!);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Value is null) yield return new ValidationResult("is missing", [nameof(Value)]);
        if (string.IsNullOrEmpty(Platform) && Platforms.Count == 0)
            yield return new ValidationResult("needs a platform: linux, windows, darwin or all", [nameof(Platform)]);
    }
}
