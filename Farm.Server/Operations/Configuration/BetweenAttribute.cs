using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Farm.Server.Operations.Configuration;

/// <summary>A whole number within bounds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BetweenAttribute : ValidationAttribute
{
    private readonly long _least;
    private readonly long _most;

    /// <summary>Sets the bounds, which are allowed themselves.</summary>
    public BetweenAttribute(long least, long most)
    {
        (_least, _most) = (least, most);
        ErrorMessage = $"must be a {Meaning}";
    }

    /// <summary>What a value is, to complete a sentence.</summary>
    public string Meaning => string.Create(CultureInfo.InvariantCulture, $"whole number from {_least} to {_most}");

    /// <inheritdoc/>
    public override bool IsValid(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number && number >= _least && number <= _most;
}
