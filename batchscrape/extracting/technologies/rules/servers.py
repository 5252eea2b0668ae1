"""Servers, hosts and delivery networks, and the languages that their headers tell."""

from batchscrape.extracting.technologies.rules.rule import V, rule

SERVERS = (
    rule("Cloudflare", headers={"server": "^cloudflare", "cf-ray": "."}, cookies="__cf_bm="),
    rule("Fastly", headers={"x-fastly-request-id": ".", "x-served-by": "^cache-[a-z]{3}"}),
    rule("Akamai", headers={"server": "^AkamaiGHost", "x-akamai-transformed": "."}),
    rule("Amazon CloudFront", headers={"x-amz-cf-id": ".", "via": r"\(CloudFront\)"}),
    rule("Amazon S3", headers={"server": "^AmazonS3"}),
    rule("Azure Front Door", headers={"x-azure-ref": "."}),
    rule("Bunny CDN", headers={"server": "^BunnyCDN"}),
    rule("Sucuri", headers={"server": "^Sucuri", "x-sucuri-id": "."}),
    rule("Vercel", headers={"server": "^Vercel", "x-vercel-id": "."}),
    rule("Netlify", headers={"server": "^Netlify", "x-nf-request-id": "."}),
    rule("GitHub Pages", headers={"server": r"^GitHub\.com"}),
    rule("Heroku", headers={"server": "^Heroku", "via": r"\bvegur$"}),
    rule("WP Engine", headers={"x-powered-by": "^WP Engine"}, implies="WordPress"),
    rule("Kinsta", headers={"x-kinsta-cache": "."}),
    rule("Pantheon", headers={"x-pantheon-styx-hostname": "."}),
    rule("Plesk", headers={"x-powered-by": r"\bPlesk(?:Lin|Win)\b"}),
    rule("nginx", headers={"server": rf"^nginx(?:/{V})?"}),
    rule("OpenResty", headers={"server": rf"^openresty(?:/{V})?"}),
    rule("Apache", headers={"server": r"^Apache(?:/(\d+(?:\.\d+)*))?(?![\w-]|/Tomcat| Tomcat)"}),
    rule("Apache Tomcat", headers={"server": rf"^Apache(?:-Coyote|[ /]Tomcat)(?:/{V})?"}),
    rule("LiteSpeed", headers={"server": "^LiteSpeed"}),
    rule("Caddy", headers={"server": "^Caddy"}),
    rule("IIS", headers={"server": rf"^Microsoft-IIS(?:/{V})?"}),
    rule("Gunicorn", headers={"server": rf"^gunicorn(?:/{V})?"}),
    rule("Varnish", headers={"x-varnish": ".", "via": r"\bvarnish\b"}),
    rule("PHP", headers={"x-powered-by": rf"\bPHP(?:/{V}|\b)"}, cookies="PHPSESSID="),
    rule("ASP.NET", headers={"x-powered-by": r"^ASP\.NET", "x-aspnet-version": V}, cookies="ASP.NET_SessionId="),
    rule("Java", cookies="JSESSIONID="),
)  # fmt: skip
