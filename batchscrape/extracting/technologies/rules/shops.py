"""Shop systems, and who takes the money."""

from batchscrape.extracting.technologies.rules.rule import VER, V, rule

SHOPS = (
    rule(
        "WooCommerce",
        generator=rf"WooCommerce {V}",
        assets="/plugins/woocommerce/",
        asset=rf"/plugins/woocommerce/{VER}",
        implies="WordPress",
    ),
    rule(
        "Shopify",
        loads="cdn.shopify.com",
        assets="/cdn/shop/",
        inside=("Shopify.theme =", "Shopify.shop ="),
        headers={"x-shopify-stage": ".", "x-shopid": ".", "powered-by": "^Shopify"},
        cookies="_shopify_",
    ),
    rule(
        "Shopware",
        generator="Shopware",
        assets=("/theme/", "/web/cache/"),
        asset=r"/theme/[0-9a-f]{32}/(?:css/all\.css|js/)|/web/cache/\d{10}_[0-9a-f]{32}\.(?:css|js)",
        headers={"sw-version-id": ".", "sw-context-token": "."},
    ),
    rule(
        "Magento",
        assets=("/static/frontend/", "/static/version"),
        asset=r"/static/(?:version\d+/)?frontend/",
        headers={"x-magento-cache-debug": ".", "x-magento-tags": "."},
        cookies="X-Magento-Vary",
    ),
    rule(
        "PrestaShop",
        generator="PrestaShop",
        inside="var prestashop =",
        headers={"powered-by": "PrestaShop"},
        cookies="PrestaShop-",
    ),
    rule("OpenCart", assets=("catalog/view/theme/", "catalog/view/javascript/"), cookies="OCSESSID="),
    rule("OXID eShop", assets=("/out/flow/src/", "/out/azure/src/", "/out/wave/src/", "/out/apex/")),
    rule("JTL-Shop", generator="JTL-Shop", cookies="JTLSHOP="),
    rule("BigCommerce", loads="bigcommerce.com/s-"),
    rule("Salesforce Commerce Cloud", assets="/demandware.static/", cookies="dwsid="),
    rule("VTEX", loads=("vteximg.com.br", "vtexassets.com", "vtex.com.br"), headers={"powered": "^vtex"}),
    rule("Lightspeed eCom", loads=("cdn.shoplightspeed.com", "cdn.webshopapp.com")),
    rule("Ecwid", loads="app.ecwid.com/script.js"),
    rule("Snipcart", loads="cdn.snipcart.com"),
    rule("Stripe", loads="js.stripe.com"),
    rule(
        "PayPal",
        loads=("paypal.com/sdk/", "paypal.com/cgi-bin/webscr", "paypal.com/donate", "paypalobjects.com/api/"),
    ),
    rule("Klarna", loads=("klarnacdn.net", "js.klarna.com", "klarnaservices.com")),
    rule("Amazon Pay", loads="payments-amazon.com"),
    rule("Adyen", loads="adyen.com/checkoutshopper/"),
    rule("Mollie", loads="js.mollie.com"),
    rule("Braintree", loads="js.braintreegateway.com"),
)  # fmt: skip
