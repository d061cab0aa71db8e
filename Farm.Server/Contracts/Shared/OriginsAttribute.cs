using System.ComponentModel.DataAnnotations;

namespace Farm.Server.Contracts.Shared;

/// <summary>A list of origins as browsers write them in the header Origin: scheme, host, and the port where it is not the usual one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OriginsAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        ((IReadOnlyList<string>)value!).FirstOrDefault(entry => !IsOrigin(entry)) is { } invalid
            ? new ValidationResult($"\"{invalid}\" is not an origin; write http://name:port or https://name, without a path")
            : ValidationResult.Success;

    private static bool IsOrigin(string entry) =>
        Uri.TryCreate(entry, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), entry, StringComparison.OrdinalIgnoreCase);
}
