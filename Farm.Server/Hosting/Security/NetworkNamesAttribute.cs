using System.ComponentModel.DataAnnotations;

namespace Farm.Server.Hosting.Security;

/// <summary>A list of networks as <see cref="NetworkList"/> reads them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworkNamesAttribute : ValidationAttribute
{
    /// <summary>Whether the list may be empty.</summary>
    public bool AllowEmpty { get; init; }

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var entries = (IReadOnlyList<string>)value!;
        if (entries.Count == 0 && !AllowEmpty) return new ValidationResult("is empty, so no client would be answered");
        try
        {
            NetworkList.Parse(entries);
            return ValidationResult.Success;
        }
        catch (FormatException invalid)
        {
            return new ValidationResult(invalid.Message);
        }
    }
}
