using System.ComponentModel.DataAnnotations;

namespace Farm.Server.Operations.Configuration;

/// <summary>A whole number that must be greater than 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GreaterThanZeroAttribute : ValidationAttribute
{
    /// <summary>The error message.</summary>
    public const string Sentence = "must be a whole number greater than 0";

    /// <summary>Sets the error message.</summary>
    public GreaterThanZeroAttribute() => ErrorMessage = Sentence;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is > 0 or > 0L;
}
