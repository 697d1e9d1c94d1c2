//! The names and URLs of Microsoft's clouds.

/// A Microsoft cloud, which determines the URL of Partner Center and the authority for sign-in.
///
/// A credential that signs in knows its cloud, and a client with such a credential calls the service in that cloud. For
/// other credentials, set the cloud with [`ClientBuilder::cloud`](crate::ClientBuilder::cloud). Not every operation is
/// available in every cloud; the documentation of each operation lists its clouds.
///
/// The base URLs come from [Partner Center REST URLs][urls], and the authorities from [national
/// clouds][authorities].
///
/// [authorities]: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
/// [urls]: https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cloud {
    /// The commercial cloud.
    #[default]
    Commercial,
    /// Microsoft Cloud for US Government. It shares the service with the commercial cloud, but has its own
    /// authority.
    UsGovernment,
    /// The cloud in China, operated by 21Vianet. No Microsoft page says that an operation of this crate is
    /// available in it, or states the scope of its tokens.
    China21Vianet,
}

impl Cloud {
    /// Returns the URL of Partner Center in this cloud.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Commercial | Self::UsGovernment => "https://api.partnercenter.microsoft.com",
            Self::China21Vianet => "https://partner.partnercenterapi.microsoftonline.cn",
        }
    }

    /// Returns the URL of the authority where users and applications of this cloud sign in.
    pub const fn authority(self) -> &'static str {
        match self {
            Self::Commercial => "https://login.microsoftonline.com",
            Self::UsGovernment => "https://login.microsoftonline.us",
            Self::China21Vianet => "https://login.partner.microsoftonline.cn",
        }
    }
}
