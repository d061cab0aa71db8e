using System.ComponentModel.DataAnnotations;

namespace Farm.Server.Hosting.Security;

/// <summary>A list of host names as <see cref="HostNames"/> reads them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostPatternsAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        ((IReadOnlyList<string>)value!).FirstOrDefault(entry => !HostNames.IsPattern(entry)) is { } invalid
            ? new ValidationResult($"\"{invalid}\" is not a host name, *.domain or * (no scheme, no port)")
            : ValidationResult.Success;
}
