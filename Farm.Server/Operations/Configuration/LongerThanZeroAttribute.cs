using System.ComponentModel.DataAnnotations;

namespace Farm.Server.Operations.Configuration;

/// <summary>A duration that must be longer than 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LongerThanZeroAttribute : ValidationAttribute
{
    /// <summary>Sets the error message.</summary>
    public LongerThanZeroAttribute() => ErrorMessage = "must be longer than 0";

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is TimeSpan duration && duration > TimeSpan.Zero;
}
