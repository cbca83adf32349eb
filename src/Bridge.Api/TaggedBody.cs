using System.Text.Json;
using Bridge.Core;
using Microsoft.Net.Http.Headers;

namespace Bridge.Api;

/// <summary>An answer as bytes with their strong entity tag.</summary>
/// <param name="IsFinal">Nothing changes it any more, so that caches may keep it for ever.</param>
internal sealed record TaggedBody(byte[] Bytes, string Tag, bool IsFinal)
{
    public static TaggedBody Of<T>(T body, bool isFinal, JsonSerializerOptions json)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, json);
        return new TaggedBody(bytes, TagOf(bytes), isFinal);
    }

    /// <summary>A strong entity tag: other bytes have another one.</summary>
    public static string TagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(Keccak256.Hash(bytes).ToArray().AsSpan(0, 16))}\"";

    /// <summary>If-None-Match, RFC 9110: a list of tags, or an asterisk for any.</summary>
    public bool IsKnownTo(HttpRequest request) => request.GetTypedHeaders().IfNoneMatch
        .Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(new EntityTagHeaderValue(Tag), useStrongComparison: false));

    public IResult Answer(HttpContext context)
    {
        context.Response.Headers.ETag = Tag;
        context.Response.Headers.CacheControl = IsFinal ? "public, max-age=31536000, immutable" : "no-cache";
        return IsKnownTo(context.Request) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(Bytes, "application/json");
    }
}
