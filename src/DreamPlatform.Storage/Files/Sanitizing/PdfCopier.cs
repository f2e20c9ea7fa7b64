using DreamPlatform.Domain.Files;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace DreamPlatform.Storage.Files.Sanitizing;

/// <summary>What a value becomes in the new document; null leaves it out.</summary>
internal delegate IToken? PdfRule(PdfCopier copier, IToken value);

/// <summary>Copies objects from one document to another by rules that say what may go along.</summary>
internal sealed class PdfCopier(UglyToad.PdfPig.Structure source)
{
    private const int MaxValues = 1_000_000, MaxDepth = 64, MaxReferences = 16;

    private readonly Dictionary<(IndirectReference, PdfRule), IndirectReferenceToken> copied = [];
    private int values;
    private int depth;

    public PdfWriter Writer { get; } = new();

    /// <summary>The value itself, whatever number of references leads to it; null when there is none.</summary>
    public IToken? Resolve(IToken? value)
    {
        for (var i = 0; i < MaxReferences; i++)
        {
            switch (value)
            {
                case IndirectReferenceToken reference:
                    value = source.GetObject(reference.Data)?.Data;
                    break;
                case ObjectToken whole:
                    value = whole.Data;
                    break;
                default:
                    return value is NullToken ? null : value;
            }
        }

        throw new UncleanException(new FileDamaged());
    }

    public IToken? Get(DictionaryToken dictionary, string name) =>
        dictionary.Data.TryGetValue(name, out var value) ? Resolve(value) : null;

    /// <summary>Applies a rule to a value, not deeper than anything that is to be looked at goes.</summary>
    public IToken? Copy(IToken? value, PdfRule rule)
    {
        if (Resolve(value) is not { } resolved) return null;
        if (++depth > MaxDepth || ++values > MaxValues) throw new UncleanException(new FileTooComplex());
        var result = rule(this, resolved);
        depth--;
        return result;
    }

    /// <summary>
    /// Makes an object of its own of it, one however often it is referred to; cycles come to an end here.
    /// </summary>
    public IToken? CopyObject(IToken value, PdfRule rule)
    {
        if (value is not IndirectReferenceToken reference)
            return Copy(value, rule) is { } direct ? Writer.Add(direct) : null;
        if (copied.TryGetValue((reference.Data, rule), out var known)) return known;
        var place = copied[(reference.Data, rule)] = Writer.Reserve();
        Writer.Put(place, Copy(value, rule) ?? NullToken.Instance);
        return place;
    }

    /// <summary>A dictionary with those members that have a rule.</summary>
    public DictionaryToken Members(DictionaryToken dictionary, Dictionary<string, PdfRule> rules)
    {
        var members = new Dictionary<NameToken, IToken>();
        foreach (var (name, rule) in rules)
        {
            if (dictionary.Data.TryGetValue(name, out var value) && rule(this, value) is { } kept)
                members[NameToken.Create(name)] = kept;
        }

        return new DictionaryToken(members);
    }

    /// <summary>A dictionary whose names are its own, such as resources, with one rule for all values.</summary>
    public DictionaryToken Named(DictionaryToken dictionary, PdfRule rule)
    {
        var members = new Dictionary<NameToken, IToken>();
        foreach (var (name, value) in dictionary.Data)
            if (rule(this, value) is { } kept) members[NameToken.Create(name)] = kept;
        return new DictionaryToken(members);
    }
}
